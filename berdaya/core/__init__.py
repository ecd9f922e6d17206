"""The ground floor: money, time, scope, audit, locks, events, tasks. No domain words here."""
