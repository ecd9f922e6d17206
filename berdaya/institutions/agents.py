"""A browser's long name in two words, for people who look through their sessions."""

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
            ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
           ("Mac OS X", "Mac"), ("Linux", "Linux"))  # fmt: skip


def agent_of(header: str) -> str:
    """`Chrome, Windows`; empty where nothing is known."""
    found = [_first(header, BROWSERS), _first(header, SYSTEMS)]
    return ", ".join(word for word in found if word)


def _first(header: str, names: tuple[tuple[str, str], ...]) -> str:
    return next((name for mark, name in names if mark in header), "")
