"""The web portal: pages for people with an account and for administrators. It keeps no data of its own."""
