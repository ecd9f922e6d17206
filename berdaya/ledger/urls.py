"""Addresses of the books."""

from django.urls import path

from berdaya.ledger.views import books

app_name = "ledger"
urlpatterns = [
    path("desk/books/", books.books, name="books"),
    path("desk/books/entries/<int:pk>/", books.entry, name="entry"),
    path("desk/books/<str:code>/", books.book, name="book"),
    path("desk/books/<str:code>/closing/", books.closing, name="closing"),
]
