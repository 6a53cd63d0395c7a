Feature: A long failure
  Scenario: it fails
    When the server says five megabytes
