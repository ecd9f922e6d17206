"""Participants, placements and statuses."""

from berdaya.people.models.participants import Participant, Placement, Status, StatusPeriod

__all__ = ["Participant", "Placement", "Status", "StatusPeriod"]
