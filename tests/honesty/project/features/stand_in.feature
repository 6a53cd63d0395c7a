Feature: Stand-in
  Scenario: the stand-in is gone
    When somebody meets no stand-in
