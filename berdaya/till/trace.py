"""Stalls on the thread; `manage trace CODE` walks it."""

from berdaya.till import trace_events

__all__ = ["trace_events"]
