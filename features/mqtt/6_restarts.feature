@mqtt @breaks_system
Feature: 6. Restarts
  What the broker has to know survives a restart.

  @MQTT-4.1.1 @critical
  Scenario Outline: 4.1.1 A topic keeps its message when the message broker <restarts>
    Given user A has published "Sunny" on the topic "weather/oslo", to be kept
    When the message broker <restarts>
    And user B subscribes to the topic "weather/oslo"
    Then user B finds "Sunny" kept on the topic "weather/oslo"

    Examples:
      | restarts                     | because                        |
      | is restarted                 | it has time to store it        |
      | crashes and is started again | it must have stored it by then |

  @MQTT-4.1.1 @critical
  Scenario Outline: 4.1.1 A user who is away gets what was published when the message broker <restarts>
    Given user A is online
    And user B is subscribed to the topic "orders"
    When the client of user B takes its leave
    And user A publishes "Paid" on the topic "orders"
    And the message broker <restarts>
    And user B comes online again
    Then "Paid" on the topic "orders" reaches user B

    Examples:
      | restarts                     | because                        |
      | is restarted                 | it has time to store it        |
      | crashes and is started again | it must have stored it by then |

  @MQTT-4.1.1 @critical
  Scenario: 4.1.1 Users who come back after a restart are still subscribed
    Given user A and user B are subscribed to the topic "orders"
    When the message broker is restarted
    And user A and user B come online again
    And user A publishes "Paid" on the topic "orders"
    Then "Paid" on the topic "orders" reaches user A and user B
    And user A and user B receive nothing else

  @MQTT-4.1.1 @critical
  Scenario: 4.1.1 A session that was begun anew outlasts a restart like any other
    Given user A and user B are subscribed to the topic "orders"
    When user B begins a new session
    And user B subscribes to the topic "orders"
    And the message broker is restarted
    And user A and user B come online again
    And user A publishes "Paid" on the topic "orders"
    Then "Paid" on the topic "orders" reaches user A and user B
