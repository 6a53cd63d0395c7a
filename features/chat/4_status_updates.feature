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
    Given user A is online
    And user B and user C are online
    When the client of user A goes away without a word
    Then user B and user C are told once that user A is offline

  @STP-4.1 @critical
  Scenario: 4.1 Everybody connected is told of two users who come online at the same time
    Given user A is online
    When user B and user C come online
    Then user A is told once that user B is online
    And user A is told once that user C is online

  @STP-4.1 @STP-X7 @normal
  Scenario: 4.1 A user who is connected twice is told on both connections
    Given user A and user B are online on 2 connections each
    When user C comes online
    Then user A and user B are told once that user C is online

  @STP-X7 @critical
  Scenario: X7 A user stays online when one of their two clients goes away
    Given user A and user B are online on 2 connections each
    When one of the clients of user A goes away without a word
    Then user A and user B are told of no other user coming or going
    And user B sees user A as online
    And user A can send messages to user B
    And user B can send messages to user A
