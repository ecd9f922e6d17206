"""What a second pair of eyes looks for on a photo, wherever in the program it is kept."""

from django.utils.translation import gettext_lazy as _lazy

# What somebody else than the uploader has seen is not on it, in the order of the page.
CHECKS = {
    "no_face": _lazy("Tidak ada wajah yang dapat dikenali, juga bukan pada pantulan"),
    "no_tattoo": _lazy("Tidak ada tato"),
    "no_place": _lazy("Tidak ada tembok, gerbang, kunci, CCTV, atau penjaga"),
    "no_uniform": _lazy("Tidak ada nomor atau nama pada baju"),
    "no_document": _lazy("Tidak ada surat atau tulisan tentang orang"),
    "no_child": _lazy("Tidak ada anak"),
}
