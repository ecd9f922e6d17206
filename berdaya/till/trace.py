"""Stalls on the thread; `manage trace CODE` walks it."""

from berdaya.till import trace_events, trace_sales

__all__ = ["trace_events", "trace_sales"]
