@threads
Feature: 8. Isolation
  What one company does is neither seen nor heard in another, and nothing is left behind.

  @TFS-DATA-7 @NFR-005 @blocker @smoke
  Scenario: TFS-DATA-7 Another company hears nothing of what is said and typed
    Given user A, user B and the owner of another company are online
    And user A has opened the room "Launch" with user B
    When user A begins to type in the room "Launch"
    And user A sends "Among us" in the room "Launch"
    Then user B is told once that user A has begun to type in the room "Launch"
    And user B receives "Among us" from user A in the room "Launch"
    And the owner of another company receives nothing else

  @TFS-DATA-7 @TFS-EVT-06 @NFR-005 @critical
  Scenario: TFS-DATA-7 Another company hears nothing of what is uploaded
    Given user A, user B and the owner of another company are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 3 pieces to the room "Launch"
    Then user A is told once that the file "plan.pdf" is at 100 %
    And the owner of another company receives nothing else

  @TFS-EVT-08 @critical
  Scenario: TFS-EVT-08 Another company hears nothing of a file that is ready
    Given user A, user B and the owner of another company are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    Then user B is told once that the file "plan.pdf" is ready
    And the owner of another company receives nothing else

  @TFS-DATA-7 @NFR-005 @critical
  Scenario: TFS-DATA-7 Another company hears nothing of rooms, threads and names
    Given user A, user B and the owner of another company are online
    And user A has opened the room "Launch" with user B
    When user A takes another name by request
    And user A renames the room by request
    Then user B sees what user A has done after reloading
    And the owner of another company receives nothing else

  @TFS-DATA-7 @NFR-005 @critical
  Scenario Outline: TFS-DATA-7 A user of another company cannot <deed>
    Given the company owner, user A and the owner of another company are online
    When the owner of another company tries to <deed> in the company of the company owner
    Then the owner of another company is refused
    And the company owner receives nothing else
    But the company owner can <control> in the company of the company owner

    Examples:
      | deed                                  | control                               | because                          |
      | send a message                        | send a message                        | they would be heard              |
      | read the messages                     | read the messages                     | they would hear                  |
      | upload a file                         | upload a file                         | they would bring things in       |
      | read the profile of the company owner | read the profile of the company owner | they would know who is there     |
      | remove the company owner              | add a member                          | they would run it                |
      | make the company owner a member       | rename the company                    | they would run it in another way |

  @TFS-DATA-7 @TFS-X-AUTHOR @critical
  Scenario: TFS-DATA-7 The owner of another company cannot delete a message
    Given user A, user B and the owner of another company are online
    And user A has opened the room "Launch" with user B
    When user A sends "Shall we begin?" in the room "Launch"
    And the owner of another company deletes a message by request
    Then the owner of another company is refused
    But user B finds "Shall we begin?" from user A in the room "Launch"

  @TFS-DATA-7 @normal
  Scenario: TFS-DATA-7 Each company's contact list names its own people and no others
    Given the company owner, user A and the owner of another company are signed in
    When user A asks for the contact list
    Then user A sees 2 people in the contact list, all of their own company

  @TFS-DATA-1 @normal
  Scenario: TFS-DATA-1 Twenty people in different positions belong to one company
    Given the company owner and the admin have accounts
    And 18 others have accounts in the same company
    When the admin tries to sign in
    Then the admin is signed in
    And the admin sees 20 people in the contact list, all of their own company

  @TFS-DATA-4 @normal
  Scenario: TFS-DATA-4 Fifteen files of different kinds and sizes are all given back as they were sent
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A uploads 15 files of different kinds and sizes to the room "Launch"
    Then user B can open all 15 files, as they were sent

  @TFS-DATA-10 @NFR-005 @normal
  Scenario: TFS-DATA-10 A new company is empty, whatever has happened in others before
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A sends "Among us" in the room "Launch"
    And the newcomer registers
    Then the newcomer cannot read what is said in the room "Launch"
    And the newcomer sees 1 person in the contact list, all of their own company
    But user B finds "Among us" from user A in the room "Launch"

  @TFS-X-ROOMS @critical
  Scenario: TFS-X-ROOMS A user is not shown a room that they are not in
    Given user A, user B and user C are signed in
    And user A has opened the room "Launch" with user B
    When user B and user C look at the rooms
    Then user C is not shown the room "Launch"
    But user B is shown the room "Launch"
