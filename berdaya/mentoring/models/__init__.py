"""Adoptions, meetings with their next steps, price exercises, and the product clinic."""

from berdaya.mentoring.models.adoptions import Adoption, AdoptionState, Side
from berdaya.mentoring.models.findings import Finding
from berdaya.mentoring.models.meetings import Activity, Meeting, NextStep
from berdaya.mentoring.models.prices import PriceExercise, PriceTaking

__all__ = [
    "Activity",
    "Adoption",
    "AdoptionState",
    "Finding",
    "Meeting",
    "NextStep",
    "PriceExercise",
    "PriceTaking",
    "Side",
]
