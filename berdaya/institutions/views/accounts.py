"""Sign in, sign out, change the password: allauth's views in our own words and addresses."""

from typing import Any

from allauth.account import views
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.institutions import queries


class _Refilled:
    """A form that was wrong comes back with 422."""

    def form_invalid(self, form: Any) -> HttpResponse:
        with reading(self.request):  # type: ignore[attr-defined]
            response = super().form_invalid(form)  # type: ignore[misc]
            response.status_code = 422
            return response.render() if hasattr(response, "render") else response


class SignIn(_Refilled, views.LoginView):
    """User name and password; then the desk, or the page that was wanted."""

    template_name = "account/login.html"

    def get_form(self, form_class: Any = None) -> Any:
        """Our own words, and no grey copies of them inside the fields."""
        form = super().get_form(form_class)
        form.fields["login"].label = _("Nama masuk")
        form.fields["password"].label = _("Kata sandi")
        for name in ("login", "password"):
            form.fields[name].widget.attrs.pop("placeholder", None)
        form.fields["login"].widget.attrs.update({"autocapitalize": "none", "spellcheck": "false"})
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"is_demo": queries.is_demo()}


class SignOut(views.LogoutView):
    """A button; an address alone signs nobody out."""

    template_name = "account/logout.html"


@method_decorator(never_cache, name="dispatch")
class ChangePassword(_Refilled, views.PasswordChangeView):
    """The old password and twice the new one; the change is audited under its own actor."""

    template_name = "account/password_change.html"

    def form_valid(self, form: Any) -> HttpResponse:
        with acting(self.request.actor, "password.change"):
            return super().form_valid(form)


sign_in = SignIn.as_view()
sign_out = SignOut.as_view()
change_password = login_required(ChangePassword.as_view())
inactive = views.AccountInactiveView.as_view(template_name="account/inactive.html")
