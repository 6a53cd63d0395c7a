"""A stand-in for the interfaces of ChatGPT and Leonid, under the control of the suite."""
