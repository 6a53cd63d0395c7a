"""The proxy: takes messages in from clients with a certificate, and loses none that it has acknowledged."""
