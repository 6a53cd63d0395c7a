@training
Feature: 7. Message security
  Personal data stays with its owner, and no user can flood the system.

  @CT-SEC-1 @critical
  Scenario Outline: CT-SEC-1 <kind> does not reach the language model
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT "It is <secret>, yes, <secret>, please"
    Then ChatGPT is asked "It is <mask>, yes, <mask>, please" once

    Examples:
      | kind                     | secret              | mask        | because                   |
      | The number of a card     | 4111 1111 1111 1111 | {{CARD}}    | a thief could pay with it |
      | A shorter card's number  | 3782 822463 10005   | {{CARD}}    | some have 15 digits       |
      | An e-mail address        | ann@example.org     | {{EMAIL}}   | it finds a person         |
      | An account               | AC-123456           | {{ACCOUNT}} | it belongs to a person    |
      | A telephone number       | 555-123-4567        | {{PHONE}}   | it reaches a person       |
      | A policy                 | P-123456            | {{POLICY}}  | it belongs to a person    |
      | A social security number | 123-45-6789         | {{SSN}}     | it names a person         |

  @CT-SEC-1 @critical
  Scenario Outline: CT-SEC-1 <kind> does not reach the database
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT "It is <secret>, yes, <secret>, please"
    Then pilot user 1 gets an acknowledgement, a reply and feedback, in this order
    And "<secret>" is stored nowhere

    Examples:
      | kind                     | secret              | because                   |
      | The number of a card     | 5105 1051 0510 5100 | a thief could pay with it |
      | A shorter card's number  | 3714 496353 98431   | some have 15 digits       |
      | An e-mail address        | bob@example.org     | it finds a person         |
      | An account               | AC-654321           | it belongs to a person    |
      | A telephone number       | 555-765-4321        | it reaches a person       |
      | A policy                 | P-654321            | it belongs to a person    |
      | A social security number | 987-65-4321         | it names a person         |

  @CT-SEC-1 @critical
  Scenario: CT-SEC-1 Personal data is masked as often as it stands in a message
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT "ann@a.org, ben@b.org, cleo@c.org, dan@d.org, eva@e.org and flo@f.org"
    Then ChatGPT is asked "{{EMAIL}}, {{EMAIL}}, {{EMAIL}}, {{EMAIL}}, {{EMAIL}} and {{EMAIL}}" once
    And "eva@e.org" is stored nowhere

  @CT-SEC-2 @normal
  Scenario: CT-SEC-2 A message that is too long is declined
    Given pilot user 1 is online
    When the client of pilot user 1 sends a message that is too long
    Then pilot user 1 is refused
    And pilot user 1 receives nothing else
    But pilot user 1 can talk to ChatGPT

  @CT-SEC-2 @normal
  Scenario Outline: CT-SEC-2 <message> is answered
    Given pilot user 1 is online
    When the client of pilot user 1 sends <message>
    Then pilot user 1 gets an acknowledgement, a reply and feedback, in this order

    Examples:
      | message                                         | because                                      |
      | a message as long as can be                     | the limit itself is permitted                |
      | a message of accented letters as long as can be | letters count, whatever it takes to keep one |
      | a message of emoji as long as can be            | so do characters beyond the basic plane      |

  @CT-SEC-3 @normal
  Scenario: CT-SEC-3 A user who sends too much is slowed down for a while, and no other user is
    Given pilot user 1 and pilot user 2 are online
    When pilot user 1 says 60 things without a pause
    Then pilot user 1 is refused
    But pilot user 2 can talk to ChatGPT
    And pilot user 1 can talk to ChatGPT again

  @CT-SEC-3 @normal
  Scenario: CT-SEC-3 A user who sends too much is not heard in another session either
    Given pilot user 1 and pilot user 2 are online
    When pilot user 1 says 60 things without a pause
    And pilot user 1 looks around once
    And pilot user 1 comes online again
    And pilot user 1 says 25 things without a pause
    Then pilot user 1 is refused
    But pilot user 2 can talk to ChatGPT

  @CT-X-17 @CT-SEC-1 @critical
  Scenario: CT-X-17 Personal data is not written to a log
    Given pilot user 1 is online
    When pilot user 1 asks ChatGPT "It is 5555 5555 5555 4444, please"
    Then pilot user 1 gets an acknowledgement, a reply and feedback, in this order
    And "5555 5555 5555 4444" is not written to a log
