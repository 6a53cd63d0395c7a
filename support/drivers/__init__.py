"""Drivers: what people do in a system, spoken on its wire."""
