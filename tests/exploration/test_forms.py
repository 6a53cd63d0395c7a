"""What the benchmark of exploration counts as one request's form."""

import tomllib
from pathlib import Path

from support.config.requirements import registry

FORMS = Path(__file__).parents[2] / "benchmarks" / "exploration_forms.toml"


def test_each_requirement_that_is_about_a_form_is_one_of_its_spec_and_has_a_reason() -> None:
    for spec, forms in tomllib.loads(FORMS.read_text(encoding="utf-8")).items():
        assert set(forms) <= registry.ids(spec)
        assert all(forms.values())
