"""Kinds of documents and the documents issued."""

from berdaya.papers.models.documents import Document, scan_path
from berdaya.papers.models.types import DocumentType, Paper, UnitNumbering

__all__ = ["Document", "DocumentType", "Paper", "UnitNumbering", "scan_path"]
