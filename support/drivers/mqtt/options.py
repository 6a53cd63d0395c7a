"""What a profile may say of an MQTT broker."""

from pydantic import BaseModel, ConfigDict


class MqttOptions(BaseModel):
    """What has to be known of an MQTT broker."""

    model_config = ConfigDict(extra="forbid")

    program: str = "mosquitto"
    """Which broker to start, where the suite starts it."""
    settings: tuple[str, ...] = ()
    """Further lines of its configuration."""
    root: str = "earshot"
    """The topic under which all topics of the scenarios are."""
    keeps: int = 600
    """Seconds after which a broker forgets sessions and kept messages of the suite."""
