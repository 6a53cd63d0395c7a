@training
Feature: 1. The ways into the system
  A user finds trainings to choose from, documents to read, and a session to begin.

  @CT-PRE-1 @CT-PRE-2 @CT-API-1 @CT-PASS-1 @blocker @smoke
  Scenario: CT-PRE-2 There are at least two trainings to choose from
    When pilot user 1 looks around once
    Then pilot user 1 sees at least 2 different trainings
    And fewer than 5 % of all attempts fail

  @CT-FR-3 @CT-API-1 @critical @smoke
  Scenario: CT-FR-3 Documents come complete
    When pilot user 1 looks around once
    Then pilot user 1 can view at least 2 documents, all complete

  @CT-FR-3 @critical
  Scenario: CT-FR-3 Documents are what they are called
    When pilot user 1 looks around once
    Then the documents of pilot user 1 are what they are called

  @CT-FR-1 @CT-FR-4 @CT-API-1 @blocker @smoke
  Scenario: CT-FR-1 A session is open as soon as a user begins it, and it is theirs
    Given pilot user 1 and pilot user 2 have accounts
    When pilot user 1 and pilot user 2 come online
    Then pilot user 1 is in an open session in customer service
    And pilot user 2 is in an open session in customer service

  @CT-API-5 @CT-FR-3 @critical
  Scenario Outline: CT-API-5 A user cannot get <something>
    Given pilot user 1 has an account
    When pilot user 1 tries to open <something>
    Then pilot user 1 is refused
    But pilot user 1 can connect

    Examples:
      | something                                         | because                                 |
      | a document that does not exist                    | the user is told that the name is wrong |
      | a document of a training that does not exist      | and that the training is wrong          |
      | a document outside the folder of its training     | a document belongs to its training      |
      | the inner description of a training               | it gives away what is expected of users |
      | the text of a document that has none              | a PDF is no text                        |
      | the conversation of a session that does not exist | no user has said anything there         |

  @CT-API-5 @critical
  Scenario Outline: CT-API-5 A user cannot connect to <something>
    Given pilot user 1 has an account
    When pilot user 1 tries to open <something>
    Then pilot user 1 is refused
    But pilot user 1 can connect

    Examples:
      | something                          | because                                   |
      | a training that does not exist     | there would be nothing to train           |
      | a training whose number is too big | a wrong number is wrong whatever its size |
      | a training without saying who      | a session belongs to a user               |
      | a training without a name          | a blank name is no name                   |
      | a session that does not exist      | what is said in it would have no owner    |
      | a session whose number is too big  | a wrong number is wrong whatever its size |

  @CT-API-5 @critical
  Scenario: CT-API-5 A session that is asked for in a wrong form is refused
    Given pilot user 1 has an account
    When pilot user 1 makes each mistake in the form of a request
    Then each mistake of pilot user 1 is refused, and the server fails at none
    But pilot user 1 can connect

  @CT-FR-3 @normal
  Scenario: CT-FR-3 Texts are shown as they stand in their documents
    When pilot user 1 looks around once
    Then pilot user 1 can read the texts of customer service as they stand in its documents

  @CT-X-12 @breaks_system @normal
  Scenario: CT-X-12 A document that changes comes with another fingerprint
    Given pilot user 1 has looked through the trainings, and the documents of customer service
    When the system is set to other content
    And pilot user 1 looks through the trainings, and the documents of customer service
    Then pilot user 1 can tell by their fingerprints which documents have changed

  @CT-X-12 @breaks_system @normal
  Scenario: CT-X-12 A document that changes while the server runs is given out as it is now
    Given pilot user 1 has looked through the trainings, and the documents of customer service
    When the system is set to other content while it runs
    And the operator has the content taken over anew
    And pilot user 1 looks through the trainings, and the documents of customer service
    Then pilot user 1 can tell by their fingerprints which documents have changed

  @CT-X-13 @breaks_system @normal
  Scenario: CT-X-13 A training that changes is offered as it is now
    Given pilot user 1 has looked through the trainings, and the documents of customer service
    When the system is set to other content
    And pilot user 1 looks through the trainings, and the documents of customer service
    Then pilot user 1 finds one training under another title, and none lost or added

  @CT-X-16 @breaks_system @normal
  Scenario: CT-X-16 Mistakes in two trainings are found, and a third is still offered as it is now
    Given pilot user 1 has looked through the trainings, and the documents of customer service
    When the system is set to damaged content
    And the operator has the content taken over anew
    And pilot user 1 looks through the trainings, and the documents of customer service
    Then pilot user 1 finds one training under another title, and none lost or added
    And pilot user 1 finds 2 more trainings incomplete than before

  @CT-X-9 @normal
  Scenario: CT-X-9 Every training is found complete, and none that does not exist
    When pilot user 1 looks around once
    Then pilot user 1 finds every training complete, and none that does not exist
