"""Systems that a spec was not written for, as their drivers describe them (`support.drivers.kit.program.Language`)."""

from typing import ClassVar

from support.config.account_pool import existing
from support.core.errors import SuiteError
from support.drivers.kit.driver import System
from support.drivers.kit.program import Deployed, Language
from support.environments.embedded.program import ProgramDeployment
from support.environments.system_under_test import SystemUnderTest


class LanguageSystem(SystemUnderTest):
    """A system that speaks a language which a driver here understands."""

    language: ClassVar[Language]
    takes_options = False

    def deploy_here(self) -> ProgramDeployment:
        """The server that the profile names, held to its limits where they are settings of the server too.

        Raises:
            SuiteError: the driver knows none of that name.
        """
        known, wanted = self.language.programs, getattr(self._options, "program", "")
        if wanted not in known:
            raise SuiteError(
                f"{self._key}.driver.program: {wanted!r} cannot be started here; allowed: {', '.join(known) or 'none'}"
            )
        return ProgramDeployment(known[wanted], self.language.scheme, self.server, self.limits, self._options)

    def drive(self) -> System:
        """The driver.

        Raises:
            SuiteError: what it needs is not installed.
        """
        named, address = self.described.administrator, self.deployment.addresses[self.server]
        administrator, ours = existing(named) if named else None, isinstance(self.deployment, ProgramDeployment)
        try:
            return self.language.drive(Deployed(address, self._options, self.limits, administrator, ours))
        except ImportError as error:
            extra = f"pip install --editable '.[{self.language.name}]'"
            raise SuiteError(
                f"{self._key}.speaks: {self.language.name!r} needs its extra: {extra} ({error})"
            ) from error


def of_language(language: Language) -> type[SystemUnderTest]:
    """The system of a spec for what speaks this language."""

    class OfLanguage(LanguageSystem):
        name = language.spec
        product = language.product
        server = language.server
        Options = language.options

    OfLanguage.language, OfLanguage.schemes = language, (language.scheme, f"{language.scheme}s")
    return OfLanguage


def speaking(*languages: Language) -> dict[tuple[str, str], type[SystemUnderTest]]:
    """The systems for these languages, by their spec and what a profile says they speak."""
    return {(language.spec, language.name): of_language(language) for language in languages}
