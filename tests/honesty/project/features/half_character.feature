Feature: Half a character
  Scenario: it passes
    Given a step that works
  Scenario: it fails
    When the server says half a character
