"""Addresses of photos (public) and of the listings' desk."""

from django.urls import path

from berdaya.catalog.views import listings, mentions, photos, proposals, to_order, versions

app_name = "catalog"
DESK = "desk/listings/"
VERSION = f"{DESK}<slug:slug>/versions/<int:number>/"
PHOTOS = f"{DESK}photos/"
PHOTO = f"{PHOTOS}<int:pk>/"
CONSENT = f"{DESK}<slug:slug>/publicity/<int:pk>/"
MENTION = f"{DESK}<slug:slug>/mentions/<int:pk>/"
urlpatterns = [
    path("foto/<str:digest>-<int:width>.webp", photos.photo, name="photo"),
    path(DESK, listings.listings, name="listings"),
    path(f"{DESK}new/", proposals.new_listing, name="new_listing"),
    path(PHOTOS, photos.photos, name="photos"),
    path(PHOTO, photos.photo_page, name="photo_page"),
    path(f"{PHOTO}approval/", photos.photo_approval, name="photo_approval"),
    path(f"{PHOTO}refusal/", photos.photo_refusal, name="photo_refusal"),
    path(f"{PHOTO}withdrawal/", photos.photo_withdrawal, name="photo_withdrawal"),
    path(f"{PHOTOS}<str:digest>/<int:width>/", photos.preview, name="photo_preview"),
    path("desk/mentions/", mentions.mention_list, name="mention_list"),
    path("desk/wbp/<str:code>/clean-page/", mentions.clean_page, name="clean_page"),
    path(f"{DESK}<slug:slug>/", listings.listing, name="listing"),
    path(f"{DESK}<slug:slug>/withdrawal/", listings.withdrawal, name="withdrawal"),
    path(f"{DESK}<slug:slug>/to-order/", to_order.to_order, name="to_order"),
    path(f"{DESK}<slug:slug>/versions/", proposals.new_version, name="versions"),
    path(f"{DESK}<slug:slug>/mentions/", mentions.mentions, name="mentions"),
    path(f"{CONSENT}mention/", mentions.new_mention, name="new_mention"),
    path(f"{CONSENT}withdrawal/", mentions.publicity_withdrawal, name="publicity_withdrawal"),
    path(f"{MENTION}approval/", mentions.mention_approval, name="mention_approval"),
    path(f"{MENTION}decline/", mentions.mention_decline, name="mention_decline"),
    path(VERSION, versions.version, name="version"),
    path(f"{VERSION}approval/", versions.approval, name="approval"),
    path(f"{VERSION}decline/", versions.decline, name="decline"),
]
