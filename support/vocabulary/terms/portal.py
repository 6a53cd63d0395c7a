"""The words for what people do at a web portal; a driver knows where each stands on a page."""

#: The pages that everybody with an account has, and those of administrators.
OWN_PAGES = ("the messages", "the profile")
ADMIN_PAGES = ("the overview", "everybody's messages", "the users", "the certificates")
#: What the forms of administrators do.
ADMIN_FORMS = ("create an account", "generate a certificate", "revoke a certificate")
#: What people look at a portal with.
SCREENS = ("a phone", "a desktop")
#: How a certificate is listed.
VALIDITIES = ("active", "revoked")
