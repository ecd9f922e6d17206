"""What Open Badges 3.0 and the W3C's model ask of a credential, as a JSON schema of our own.

Written from the published specifications (1EdTech, Open Badges 3.0, section B.1; W3C, VC data model
2.0, section 4): which members must be there, of which kind, which words are allowed. Where they let
any further member in, so does this.
"""

from typing import Any

URI = {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:[^\s]+$"}
INSTANT = {
    "type": "string",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$",
}
TEXT = {"type": "string", "minLength": 1}
ACHIEVEMENT_TYPES = [
    "Achievement", "ApprenticeshipCertificate", "Assessment", "Assignment", "AssociateDegree",
    "Award", "Badge", "BachelorDegree", "Certificate", "CertificateOfCompletion", "Certification",
    "CommunityService", "Competency", "Course", "CoCurricular", "Degree", "Diploma",
    "DoctoralDegree", "Fieldwork", "GeneralEducationDevelopment", "JourneymanCertificate",
    "LearningProgram", "License", "Membership", "ProfessionalDoctorate",
    "QualityAssuranceCredential", "MasterCertificate", "MasterDegree", "MicroCredential",
    "ResearchDoctorate",
    "SecondarySchoolDiploma",
]  # fmt: skip
TARGET_TYPES = [
    "ceasn:Competency", "ceterms:Credential", "CFItem", "CFRubric", "CFRubricCriterion",
    "CFRubricCriterionLevel", "CTDL",
]  # fmt: skip


def _types(*needed: str) -> dict[str, Any]:
    return {
        "type": "array",
        "items": TEXT,
        "allOf": [{"contains": {"const": one}} for one in needed],
    }


def _object(required: str, *, is_closed: bool = False, **members: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": members,
        "additionalProperties": not is_closed,
    }


ALIGNMENT = _object(
    "type targetName targetUrl", type=_types("Alignment"), targetName=TEXT, targetUrl=URI,
    targetCode=TEXT, targetFramework=TEXT, targetType={"enum": TARGET_TYPES},
)  # fmt: skip
ACHIEVEMENT = _object(
    "id type criteria description name", id=URI, type=_types("Achievement"), name=TEXT,
    description=TEXT, criteria=_object("", id=URI, narrative=TEXT) | {"minProperties": 1},
    achievementType={"anyOf": [{"enum": ACHIEVEMENT_TYPES}, {"pattern": "^ext:"}]},
    alignment={"type": "array", "items": ALIGNMENT},
    inLanguage={"type": "string", "pattern": "^[a-z]{2,4}(-[A-Za-z0-9]+)*$"},
)  # fmt: skip
# The only closed object of the subject: an own member would be refused.
IDENTITY = _object(
    "type hashed identityHash identityType", is_closed=True, type={"const": "IdentityObject"},
    hashed={"type": "boolean"},
    identityHash={"type": "string", "pattern": r"^sha256\$[0-9a-f]{64}$"},
    identityType={"type": "string", "pattern": "^ext:[a-zA-Z0-9._-]+$"}, salt=TEXT,
)  # fmt: skip
SUBJECT = _object(
    "type achievement", id=URI, type=_types("AchievementSubject"), achievement=ACHIEVEMENT,
    identifier={"type": "array", "minItems": 1, "items": IDENTITY}, licenseNumber=TEXT,
) | {"anyOf": [{"required": ["id"]}, {"required": ["identifier"]}]}  # fmt: skip
STATUS = _object(
    "id type statusPurpose statusListIndex statusListCredential", id=URI,
    type={"const": "BitstringStatusListEntry"}, statusPurpose={"enum": ["revocation"]},
    statusListIndex={"type": "string", "pattern": r"^\d+$"}, statusListCredential=URI,
)  # fmt: skip
CREDENTIAL = _object(
    "@context id type credentialSubject issuer validFrom", id=URI,
    type=_types("VerifiableCredential", "OpenBadgeCredential"), name=TEXT,
    issuer=_object("id type", id=URI, type=_types("Profile"), name=TEXT, url=URI),
    validFrom=INSTANT, validUntil=INSTANT, awardedDate=INSTANT, credentialSubject=SUBJECT,
    credentialStatus=STATUS,
    credentialSchema={"type": "array", "items": _object("id type", id=URI, type=TEXT)},
)  # fmt: skip
CREDENTIAL["properties"]["@context"] = {
    "type": "array",
    "minItems": 2,
    "prefixItems": [
        {"const": "https://www.w3.org/ns/credentials/v2"},
        {
            "type": "string",
            "pattern": r"^https://purl\.imsglobal\.org/spec/ob/v3p0/context-3\.0\.\d",
        },
    ],
}
SCHEMA = {"$schema": "https://json-schema.org/draft/2020-12/schema", **CREDENTIAL}
