"""Plans, supervision, follow-ups, referrals, tools given."""

from berdaya.aftercare.models.followups import (
    MILESTONES,
    FollowUp,
    Help,
    IncomeBand,
    Manner,
    Obstacle,
    Trade,
)
from berdaya.aftercare.models.plans import Capital, Plan, PlanState
from berdaya.aftercare.models.supervision import Release, SafeExit, Supervision
from berdaya.aftercare.models.support import (
    GrantState,
    Referral,
    ReferralState,
    ReferralTo,
    ToolsGrant,
    ToolsGrantLine,
)

__all__ = [
    "MILESTONES",
    "Capital",
    "FollowUp",
    "GrantState",
    "Help",
    "IncomeBand",
    "Manner",
    "Obstacle",
    "Plan",
    "PlanState",
    "Referral",
    "ReferralState",
    "ReferralTo",
    "Release",
    "SafeExit",
    "Supervision",
    "ToolsGrant",
    "ToolsGrantLine",
    "Trade",
]
