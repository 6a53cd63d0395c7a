"""The reference school dashboard: what DASH-003 demands, on the wire of contracts/dashboard.md."""
