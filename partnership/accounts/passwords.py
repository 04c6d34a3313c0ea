"""Django's rules for passwords in words of our own, as its words are not there in all our languages."""

from django.contrib.auth import password_validation as theirs
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(theirs.MinimumLengthValidator):
    def get_error_message(self) -> str:
        words = ngettext(
            "The password is too short. Write at least %(count)s character.",
            "The password is too short. Write at least %(count)s characters.",
            self.min_length,
        )
        return words % {"count": self.min_length}

    def get_help_text(self) -> str:
        words = ngettext("At least %(count)s character.", "At least %(count)s characters.", self.min_length)
        return words % {"count": self.min_length}


class UnlikeThePerson(theirs.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("The password is too like your name or e-mail address. Choose another.")

    def get_help_text(self) -> str:
        return _("Not like your name or e-mail address.")


class Uncommon(theirs.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password. Choose another.")

    def get_help_text(self) -> str:
        return _("Not a password that many people use.")
