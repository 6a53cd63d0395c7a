@broker
Feature: 2.3 Workers
  Workers take messages from the queue and deliver them, try again when that fails, and neither lose a message nor deliver one twice.

  @TC-W-001 @TC-I-013 @breaks_system @blocker @smoke
  Scenario: TC-W-001 A worker takes a message from the queue, and nothing stays there
    Given every worker is killed
    And user A has submitted 1 message
    When every worker is back
    Then the message of user A is recorded as delivered once
    And nothing is on the way any more

  @TC-W-001 @breaks_system @critical
  Scenario: TC-W-001 The message that has waited longest is delivered first
    Given every worker is killed
    And user A has submitted 40 messages
    When every worker is back
    Then the message that was submitted first is delivered before the last

  @TC-W-002 @TC-I-002 @breaks_system @critical
  Scenario: TC-W-002 A failed delivery is tried again, but not before the retry interval is over
    Given user A has an account
    And every worker is cut off
    When user A submits "Hello"
    And the first attempt to deliver has failed
    And every worker is back
    Then the message of user A is delivered at the second attempt, not before the retry interval

  @BROKER-X11 @breaks_system @critical
  Scenario Outline: BROKER-X11 A message is not lost while the main server admits no <components>
    Given user A has an account
    And the system is set to no <components> admitted
    When user A submits "Hello"
    And the first attempt to deliver has failed
    And the system is set back
    Then the message of user A is delivered

    Examples:
      | components | because                                               |
      | workers    | it is the worker that is refused, and not the message |
      | proxies    | the proxy has accepted it, and has to keep it         |

  @TC-W-003 @blocker
  Scenario: TC-W-003 A message that a worker has delivered is recorded as delivered, with the time
    When user A submits "Your parcel is here"
    Then the message of user A is recorded as delivered once

  @TC-W-004 @TC-I-002 @breaks_system @together @critical
  Scenario: TC-W-004 A message that could not be delivered in five attempts has failed
    Given user A and user B have accounts
    And every worker is cut off
    When user A submits "Nobody there"
    And all 5 attempts to deliver are used up
    And every worker is back
    Then the message of user A has failed after 5 attempts
    But user B can submit messages

  @TC-W-009 @breaks_system @together @critical
  Scenario: TC-W-009 After five attempts no other is made, even if it would succeed
    Given user A has an account
    And every worker is cut off
    When user A submits "Nobody there"
    And all 5 attempts to deliver are used up
    And every worker is back
    Then the message of user A is not delivered any more

  @TC-W-005 @TC-L-009 @breaks_system @critical
  Scenario: TC-W-005 Several workers share the work, and do none of it twice
    Given the operator has looked at the figures of all components
    And every worker hangs
    And user A and user B have submitted 60 messages
    When every worker is back
    Then each of the 60 messages is delivered once
    And every worker has taken part

  @TC-W-006 @breaks_system @critical
  Scenario: TC-W-006 Messages in the workers' hands are neither lost nor delivered twice when every worker is stopped
    Given the workers have 6 messages of user A in hand
    When every worker is stopped
    And the main server crashes and is started again
    And every worker is back
    Then each of the 6 messages is delivered once

  @BROKER-X4 @breaks_system @critical
  Scenario: BROKER-X4 Messages in the workers' hands are neither lost nor delivered twice when every worker is killed
    Given the workers have 6 messages of user A in hand
    When every worker is killed
    And the main server crashes and is started again
    And every worker is back
    Then each of the 6 messages is delivered once

  @BROKER-X4 @breaks_system @critical
  Scenario Outline: BROKER-X4 A worker takes over the messages in hand of another worker that <goes>
    Given the workers have 6 messages of user A in hand
    When every worker <goes>
    And the main server crashes and is started again
    And worker 2 is back
    Then each of the 6 messages is delivered once

    Examples:
      | goes      | because                       |
      | is killed | it does not come back         |
      | hangs     | it is there, and does no work |

  @BROKER-X4 @breaks_system @critical
  Scenario: BROKER-X4 A message that is to be tried again is not forgotten when every worker is killed
    Given user A has an account
    And every worker is cut off
    When user A submits "Your parcel is here"
    And the first attempt to deliver has failed
    And every worker is killed
    And every worker is back
    Then the message of user A is delivered

  @TC-W-007 @breaks_system @critical
  Scenario Outline: TC-W-007 Workers go on by themselves when Redis is back after it <goes>
    Given user A has an account
    When Redis <goes>
    And Redis is back
    And user A submits 2 messages
    Then each of the 2 messages is delivered once

    Examples:
      | goes       | because                     |
      | is killed  | it has gone and come back   |
      | is cut off | the network was interrupted |

  @TC-W-007 @breaks_system @critical
  Scenario: TC-W-007 Workers go on by themselves when Redis is back for the second time
    Given user A has an account
    When Redis is lost and comes back
    And user A submits 1 message
    And Redis is lost and comes back
    And user A submits 1 message
    Then each of the 2 messages is delivered once

  @TC-W-007 @breaks_system @normal
  Scenario: TC-W-007 Workers go on by themselves when Redis is back after a long time
    Given user A has an account
    When Redis is lost for a long time and comes back
    And user A submits 2 messages
    Then each of the 2 messages is delivered once

  @TC-W-008 @breaks_system @critical
  Scenario: TC-W-008 Workers go on by themselves when the main server has been restarted
    Given every worker hangs
    And user A has submitted 3 messages
    When the main server crashes and is started again
    And every worker is back
    Then each of the 3 messages is delivered once

  @TC-W-008 @breaks_system @critical
  Scenario: TC-W-008 A message that waits while the main server is away is delivered when it is back
    Given every worker hangs
    And user A has submitted 3 messages
    When the main server is cut off
    And every worker is back
    And the main server is back
    Then each of the 3 messages is delivered once

  @TC-W-010 @normal
  Scenario: TC-W-010 An empty queue is not an error, and the workers go on looking
    When nothing is submitted for a while
    And user A submits "Are you still there?"
    Then the message of user A is delivered
    And no component has reported a serious error
