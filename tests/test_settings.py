"""What Clausier refuses to be served with."""

import pytest

from app.settings import Settings, danger

SOUND = {"public_url": "https://clausier.example", "database_url": "postgresql://c:Kd83-lqp2-Xz91@db/clausier"}


def made(**changes: str) -> Settings:
    values = SOUND | changes
    return Settings.model_validate({"DATABASE_URL": values.pop("database_url"), **values})


def test_a_sound_configuration_and_a_machine_at_home_are_served() -> None:
    assert danger(made()) == ""
    assert danger(Settings()) == ""


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"public_url": "http://clausier.example"}, "https"),
        ({"public_url": "clausier.example"}, "adresse web"),
        ({"database_url": "postgresql://c:clausier@db/clausier"}, "mot de passe"),
        ({"database_url": "postgresql://c@db/clausier"}, "mot de passe"),
        ({"metrics_token": "short"}, "CLAUSIER_METRICS_TOKEN"),
    ],
)
def test_a_dangerous_configuration_is_refused_in_one_sentence(changes: dict[str, str], word: str) -> None:
    reason = danger(made(**changes))
    assert word in reason
    assert "\n" not in reason
