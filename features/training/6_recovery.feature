@training
Feature: 6. Errors and recovery
  Users are told of an outage around the system, and everything goes on when it is over.

  @CT-WS-5 @CT-UX-5 @CT-INT-3 @critical
  Scenario: CT-UX-5 A user is told when the other side cannot answer, and gets no points for it
    Given pilot user 1 is online
    And ChatGPT is out of order
    When pilot user 1 asks ChatGPT "How can I help you?"
    Then pilot user 1 is told by ChatGPT that it cannot answer
    And pilot user 1 is given 0 points
    And pilot user 1 receives nothing else

  @CT-X-10 @normal
  Scenario: CT-X-10 A user is told when the other side has nothing to say, and gets no points for it
    Given pilot user 1 is online
    And ChatGPT answers without a word
    When pilot user 1 asks ChatGPT "How can I help you?"
    Then pilot user 1 is told by ChatGPT that it cannot answer
    And pilot user 1 is given 0 points
    And pilot user 1 receives nothing else

  @CT-X-10 @normal
  Scenario: CT-X-10 A user is told when the answer of the other side is withheld, and gets no points for it
    Given pilot user 1 is online
    And ChatGPT withholds its answers
    When pilot user 1 asks ChatGPT "How can I help you?"
    Then pilot user 1 is told by ChatGPT that it cannot answer
    And pilot user 1 is given 0 points
    And pilot user 1 receives nothing else

  @CT-INT-3 @CT-API-5 @breaks_system @critical
  Scenario Outline: CT-INT-3 A conversation goes on when the database is back after it <goes>
    Given pilot user 1 is online
    When SQLite <goes>
    And pilot user 1 asks ChatGPT "Is anybody there?"
    And SQLite is back after a while
    Then pilot user 1 can talk to ChatGPT

    Examples:
      | goes       | because                         |
      | is stopped | the database is not there       |
      | hangs      | another program keeps it locked |

  @CT-X-2 @breaks_system @normal
  Scenario Outline: CT-X-2 A user is told that the database is unavailable when it <goes>
    Given pilot user 1 is online
    When SQLite <goes>
    And pilot user 1 asks ChatGPT "Is anybody there?"
    Then pilot user 1 is told that SQLite is unavailable

    Examples:
      | goes       | because                         |
      | is stopped | the database is not there       |
      | hangs      | another program keeps it locked |

  @CT-INT-3 @CT-FR-4 @CT-INT-5 @breaks_system @critical
  Scenario: CT-INT-3 The loss of the database costs nothing that was said before
    Given pilot user 1 is online
    When pilot user 1 says 3 things without a pause
    And SQLite is lost and comes back
    And pilot user 1 comes online again
    Then pilot user 1 finds the conversation again
    And pilot user 1 can talk to ChatGPT

  @CT-INT-3 @breaks_system @normal
  Scenario: CT-INT-3 A conversation goes on when the database is back after a long time
    Given pilot user 1 is online
    When SQLite is lost for a long time and comes back
    Then pilot user 1 can talk to ChatGPT again
    And pilot user 1 finds the conversation again

  @CT-NFR-4 @CT-INT-3 @breaks_system @normal
  Scenario: CT-NFR-4 A message that comes while the database is locked for a moment is answered
    Given the system is set to patience with the database
    And pilot user 1 is online
    When SQLite hangs for a moment
    And pilot user 1 asks ChatGPT "How can I help you?"
    Then pilot user 1 gets an acknowledgement, a reply and feedback, in this order

  @CT-X-3 @breaks_system @normal
  Scenario: CT-X-3 Trainings and documents can be read without the database
    Given SQLite hangs
    When pilot user 1 looks around once
    Then pilot user 1 sees at least 2 different trainings
    And pilot user 1 can view at least 2 documents, all complete
    And 75 % of the answers come within 3 seconds

  @CT-FR-4 @CT-INT-3 @CT-INT-5 @breaks_system @critical
  Scenario Outline: CT-FR-4 A session and what was said in it are there after the server <restarts>
    Given pilot user 1 is online
    When pilot user 1 says 3 things without a pause
    And the chat server <restarts>
    Then pilot user 1 is disconnected
    And pilot user 1 can connect
    And pilot user 1 finds the conversation again
    And pilot user 1 can talk to ChatGPT again

    Examples:
      | restarts                     | because                     |
      | is restarted                 | it has time to say good-bye |
      | crashes and is started again | it has no time for anything |

  @CT-X-15 @breaks_system @normal
  Scenario: CT-X-15 A user is told on a restart that the server comes back
    Given pilot user 1 is online
    When the chat server is restarted
    Then pilot user 1 is told that the server comes back
    And pilot user 1 can connect

  @CT-X-7 @journey @critical
  Scenario: CT-X-7 The other side is asked again after a time in which it could not answer
    Given pilot user 1 is online
    And ChatGPT is out of order
    When pilot user 1 asks ChatGPT "How can I help you?"
    Then pilot user 1 is told by ChatGPT that it cannot answer
    And pilot user 1 is given 0 points
    When ChatGPT is in order again
    Then pilot user 1 can talk to ChatGPT

  @CT-X-11 @breaks_system @journey @critical
  Scenario: CT-X-11 A conversation goes on when the database is back for the second time
    Given pilot user 1 is online
    When SQLite is lost and comes back
    Then pilot user 1 can talk to ChatGPT again
    When SQLite is lost and comes back
    Then pilot user 1 can talk to ChatGPT again
    And pilot user 1 finds the conversation again

  @CT-FR-4 @CT-INT-5 @breaks_system @critical
  Scenario: CT-FR-4 A session and what was said in it are there after a second restart
    Given pilot user 1 is online
    When pilot user 1 says 3 things without a pause
    And the chat server crashes and is started again
    And the chat server is restarted
    Then pilot user 1 can connect
    And pilot user 1 finds the conversation again
    And pilot user 1 can talk to ChatGPT again
