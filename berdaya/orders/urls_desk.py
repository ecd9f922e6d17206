"""Addresses of the desk: orders, matching, returns, rates."""

from django.urls import URLPattern

desk_patterns: list[URLPattern] = []
