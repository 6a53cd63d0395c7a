@mqtt
Feature: 1. Topics
  What is published on a topic reaches those who have subscribed to it.

  @MQTT-3.8.4 @blocker @smoke
  Scenario: 3.8.4 A subscriber is told what is published, and a subscriber to another topic is not
    Given user A is online
    And user B is subscribed to the topic "weather/oslo"
    And user C is subscribed to the topic "weather/bergen"
    When user A publishes "Rain at noon" on the topic "weather/oslo"
    Then "Rain at noon" on the topic "weather/oslo" reaches user B
    But user C receives nothing else
    And user A receives nothing else

  @MQTT-3.8.4 @critical
  Scenario: 3.8.4 Every subscriber is told, once
    Given user A, user B and user C are subscribed to the topic "weather/oslo"
    When user A publishes "Rain at noon" on the topic "weather/oslo"
    Then "Rain at noon" on the topic "weather/oslo" reaches user A, user B and user C
    And user A, user B and user C receive nothing else

  @MQTT-3.10.4 @critical
  Scenario: 3.10.4 A user who has unsubscribed is told nothing more
    Given user A and user B are subscribed to the topic "weather/oslo"
    When user B unsubscribes from the topic "weather/oslo"
    And user A publishes "Rain at noon" on the topic "weather/oslo"
    Then "Rain at noon" on the topic "weather/oslo" reaches user A
    But user B receives nothing else

  @MQTT-4.7.1.2 @critical
  Scenario: 4.7.1.2 A number sign stands for a topic and all levels below it
    Given user B is subscribed to the topic "weather/#"
    When user A publishes "Mild" on the topic "weather"
    And user A publishes "Calm" on the topic "weather/oslo/wind"
    And user A publishes "Umbrellas" on the topic "weathering"
    Then "Mild" on the topic "weather" reaches user B
    And "Calm" on the topic "weather/oslo/wind" reaches user B
    But user B receives nothing else

  @MQTT-4.7.1.3 @critical
  Scenario Outline: 4.7.1.3 A plus sign stands for exactly one level, and so not for <another>
    Given user B is subscribed to the topic "weather/+/wind"
    When user A publishes "Calm" on the topic "weather/oslo/wind"
    And user A publishes "Storm" on the topic "<another>"
    Then "Calm" on the topic "weather/oslo/wind" reaches user B
    But user B receives nothing else

    Examples:
      | another                 | because                 |
      | weather/wind            | it has no level there   |
      | weather/oslo/north/wind | it has two levels there |
      | weather/oslo/rain       | its end is another      |

  @MQTT-4.7.3 @normal
  Scenario Outline: 4.7.3 Topics that differ in <what> are two
    Given user A is online
    And user B is subscribed to the topic "weather/oslo"
    And user C is subscribed to the topic "<other>"
    When user A publishes "Rain at noon" on the topic "<other>"
    Then "Rain at noon" on the topic "<other>" reaches user C
    But user B receives nothing else

    Examples:
      | what      | other         | because                          |
      | a capital | weather/Oslo  | a topic has no other spelling    |
      | a blank   | weather/os lo | a blank is a sign like any other |
