"""Sign in, sign out, change the password: allauth's views in our own words and addresses."""

from typing import Any

from allauth.account import views
from django.http import HttpResponse
from django.utils.translation import gettext as _

from berdaya.core.http import reading
from berdaya.core.scope import acting
from berdaya.institutions import pc_cookie, queries
from berdaya.institutions.access import own_account
from berdaya.institutions.actions.sessions import end_sessions


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
        return super().get_context_data(**kwargs) | {
            "is_demo": queries.is_demo(),
            "unit_pc": pc_cookie.pc_of(self.request),
        }


class SignOut(views.LogoutView):
    """A button; an address alone signs nobody out."""

    template_name = "account/logout.html"


class ChangePassword(_Refilled, views.PasswordChangeView):
    """The old password and twice the new one, audited; every other session is over."""

    template_name = "account/password_change.html"

    def form_valid(self, form: Any) -> HttpResponse:
        with acting(self.request.actor, "password.change") as scope:
            answer = super().form_valid(form)
            staff, here = self.request.user, self.request.session.row
            end_sessions(by=scope.actor, staff=staff, but=here)
            return answer


sign_in = SignIn.as_view()
sign_out = SignOut.as_view()
change_password = own_account("GET POST")(ChangePassword.as_view())
inactive = views.AccountInactiveView.as_view(template_name="account/inactive.html")
