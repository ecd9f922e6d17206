"""What explains the accounts of a book: rooms that post say which rows stand behind their legs."""

_parts: list[str] = []


def explain(sql: str) -> str:
    """Register rows of (book id, account code, rupiah on the debit side); returns them.

    An account that no room explains must be empty, so one that the chart gains is asked for.
    """
    _parts.append(sql)
    return sql


def explained() -> str:
    """The rows of all rooms together, as one query."""
    return " UNION ALL ".join(_parts)
