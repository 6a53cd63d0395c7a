Feature: Line separators
  Scenario: it passes
    Given a step that works
  Scenario: it fails
    When the server says line separators
