"""A unit's own workbook comes in: read, understood, shown, then booked all or nothing."""
