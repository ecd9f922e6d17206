"""Addresses of the buyer: cart, checkout and the page of what was ordered."""

from django.urls import URLPattern

shop_patterns: list[URLPattern] = []
