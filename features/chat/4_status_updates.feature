@chat
Feature: 4. Status updates
  Every connected user is told, once, when another user comes or goes.

  @STP-4.1 @critical @smoke
  Scenario: 4.1 Everybody connected is told when a user comes online
    Given user A and user B are online
    When user C comes online
    Then user A and user B are told once that user C is online

  @STP-4.1 @normal
  Scenario: 4.1 Everybody connected is told again when a user comes back
    Given user A, user B and user C are online
    When user C signs out
    And user C comes online again
    Then user A and user B are told once that user C is offline
    And user A and user B are told once that user C is online

  @STP-4.2 @critical
  Scenario: 4.2 Everybody connected is told when a user signs out
    Given user A, user B and user C are online
    When user C signs out
    Then user A and user B are told once that user C is offline

  @STP-4.2 @critical
  Scenario: 4.2 Everybody connected is told when a user's client goes away without a word
    Given user A, user B and user C are online
    When the client of user C goes away without a word
    Then user A and user B are told once that user C is offline
