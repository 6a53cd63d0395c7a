"""`python -m reference.bot_api`."""

from reference.bot_api.server import BotApi
from reference.kit import command
from reference.kit.serving import serve

chosen = command.parser("reference.bot_api", "A stand-in for the interfaces of ChatGPT and Leonid.").parse_args()
serve(BotApi().app(), chosen.host, chosen.port)
