@threads
Feature: 4. Thread management
  Threads are opened in rooms, told at once, and kept apart from the room and from each other.

  @TFS-SCN-4 @FR-004 @blocker @smoke
  Scenario: TFS-SCN-4 A new thread is told live, and is there after reloading
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user A opens a thread by request
    Then user B is told once of what user A has done
    And user B sees what user A has done after reloading
    And user C receives nothing else

  @TFS-API-12 @critical
  Scenario Outline: TFS-API-12 A message in a thread is told to those in it and kept there, sent <way>
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Plan" with user B
    When user A sends a message in the thread <way>
    Then user B is told once of what user A has done
    And user B sees what user A has done after reloading
    And user C receives nothing else

    Examples:
      | way        | because                             |
      | by request | threads have a history of their own |
      | live       | it is the same message either way   |

  @TFS-API-11 @critical
  Scenario: TFS-API-11 A user with whom a thread is opened takes part in it at once
    Given user A and user B are online
    When user A opens the thread "Budget" with user B
    And user A sends "Seven hundred" in the thread "Budget"
    Then user B receives "Seven hundred" from user A in the thread "Budget"
    And user A can be heard by user B in the thread "Budget"

  @TFS-API-12 @normal
  Scenario: TFS-API-12 A user who takes no part in a thread is not heard there
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    And user A has opened the thread "Budget" with user C
    When user B sends "May I?" in the thread "Budget"
    Then user B is refused because that is not allowed
    And user A and user C receive nothing else
    But user B can send messages to user A

  @TFS-X-AUTHOR @normal
  Scenario: TFS-X-AUTHOR Only the user who has opened a thread can rename it
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Budget" with user B
    When user B requests a new name for another's thread
    Then user B is refused because that is not allowed
    And user A receives nothing else
    But user B can send messages to user A

  @TFS-API-12 @critical
  Scenario: TFS-API-12 A message in a thread stays out of other threads
    Given user A and user B are online
    And user A has opened the thread "Plan" with user B
    And user A has opened the thread "Budget" with user B
    When user A sends "Seven hundred" in the thread "Budget"
    And user A sends "By May" in the thread "Plan"
    Then user B receives "Seven hundred" from user A in the thread "Budget"
    And user B finds in the thread "Plan", in this order
      | from   | message |
      | user A | By May  |

  @TFS-API-12 @TFS-API-07 @critical
  Scenario: TFS-API-12 The history of a thread is complete, in order, and read only by those in its room
    Given user A, user B and user C are online
    And user A has opened the thread "Budget" with user B
    When user A sends "Seven hundred" in the thread "Budget"
    And user B sends "Too much" in the thread "Budget"
    Then user A and user B find in the thread "Budget", in this order
      | from   | message       |
      | user A | Seven hundred |
      | user B | Too much      |
    And user C cannot read what is said in the thread "Budget"

  @TFS-EVT-04 @normal
  Scenario: TFS-EVT-04 Typing in a thread is told in the thread
    Given user A, user B and user C are online
    And user A has opened the thread "Budget" with user B
    When user A begins to type in the thread "Budget"
    And user A stops typing in the thread "Budget"
    Then user B is told once that user A has begun to type in the thread "Budget"
    And user B is told once that user A has stopped typing in the thread "Budget"
    And user B and user C receive nothing else

  @TFS-EVT-05 @normal
  Scenario: TFS-EVT-05 A user who sends a message in a thread is told to whom it was delivered
    Given user A and user B are online
    And user A has opened the thread "Budget" with user B
    When user A sends "Seven hundred" in the thread "Budget"
    Then user B receives "Seven hundred" from user A in the thread "Budget"
    And user A is told once that "Seven hundred" has been delivered to user B

  @TFS-EVT-08 @normal
  Scenario: TFS-EVT-08 A file in a thread is said to be ready, and can be opened
    Given user A and user B are online
    And user A has opened the thread "Budget" with user B
    When user A uploads the file "costs.csv" in 2 pieces to the thread "Budget"
    Then user B is told once that the file "costs.csv" is ready
    And user B can open the file "costs.csv", as it was sent

  @TFS-X-ROOMS @critical
  Scenario: TFS-X-ROOMS A user who has been removed from a thread hears nothing of it any more
    Given user A, user B and user C are online
    And user A has opened the thread "Plan" with user B and user C
    When user A removes user B from the thread "Plan"
    And user A sends "Without you" in the thread "Plan"
    Then user C receives "Without you" from user A in the thread "Plan"
    And user B receives nothing else

  @TFS-X-ROOMS @critical
  Scenario: TFS-X-ROOMS A user who has been removed from a room hears nothing of its threads any more
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    And user A has opened the thread "Plan" with user B and user C
    When user A removes user B from the room "Launch"
    And user A sends "Without you" in the thread "Plan"
    Then user C receives "Without you" from user A in the thread "Plan"
    But "Without you" from user A in the thread "Plan" does not reach user B

  @TFS-API-11 @normal
  Scenario: TFS-API-11 A user who is added to a thread later hears and is heard there
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    And user A has opened the thread "Plan" with user B
    When user A adds user C to the thread "Plan"
    Then user A can be heard by user C in the thread "Plan"
    And user C can be heard by user B in the thread "Plan"

  @TFS-X-ROOMS @critical
  Scenario: TFS-X-ROOMS A member cannot remove others from a thread that another user has opened
    Given user A, user B and user C are online
    And user A has opened the thread "Plan" with user B and user C
    When user B removes user C from the thread "Plan"
    Then user B is refused because that is not allowed
    But user A can be heard by user C in the thread "Plan"

  @TFS-X-ROOMS @normal
  Scenario: TFS-X-ROOMS A user is not shown a thread of a room that they are not in
    Given user A, user B and user C are signed in
    And user A has opened the thread "Plan" with user B
    When user B and user C look at the rooms
    Then user C is not shown the thread "Plan"
    But user B is shown the thread "Plan"

  @TFS-X-CLOSING @critical
  Scenario: TFS-X-CLOSING A thread is gone once the user who opened it closes it
    Given user A and user B are online
    And user A has opened the thread "Plan" with user B
    When user A closes the thread "Plan" for everybody
    Then user A and user B cannot read what is said in the thread "Plan"
    But user A can send messages to user B

  @TFS-X-CLOSING @TFS-X-SYNC @normal
  Scenario: TFS-X-CLOSING Those in the room of a thread are told when it is closed
    Given user A and user B are online
    And user A has opened the thread "Plan" with user B
    When user A closes the thread "Plan" for everybody
    Then user B is told once that the thread "Plan" has been closed

  @TFS-X-CLOSING @normal
  Scenario Outline: TFS-X-CLOSING A user is not shown typing in <place> when <what> has been closed
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Plan" with user B
    When user A closes <what> for everybody
    And user A begins to type in <place>
    Then user A is refused because that is not allowed
    And user B has not been told that user A has begun to type in <place>

    Examples:
      | what              | place             | because                          |
      | the room "Launch" | the room "Launch" | a room is gone for all in it     |
      | the thread "Plan" | the thread "Plan" | so is a thread                   |
      | the room "Launch" | the thread "Plan" | the threads of a room go with it |

  @TFS-X-CLOSING @critical
  Scenario: TFS-X-CLOSING A member cannot close a thread that another user has opened
    Given user A and user B are online
    And user A has opened the thread "Plan" with user B
    When user B closes the thread "Plan" for everybody
    Then user B is refused because that is not allowed
    But user A can be heard by user B in the thread "Plan"

  @TFS-X-SYNC @FR-004 @normal
  Scenario Outline: TFS-X-SYNC The thread, and not the room, is told when a user <change>
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B and user C
    And user A has opened the thread "Plan" with user B
    When user A sends "Draft" in the thread "Plan"
    And user A <change> by request
    Then user B is told once of what user A has done
    And user C receives nothing else

    Examples:
      | change                          | because                               |
      | edits a message in the thread   | it replaces what was told there       |
      | deletes a message in the thread | it takes back what was told there too |

  @TFS-X-LATEST @normal
  Scenario: TFS-X-LATEST A thread shows when something was last said in it
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Budget" with user B
    When user A sends "Seven hundred" in the thread "Budget"
    Then user B receives "Seven hundred" from user A in the thread "Budget"
    And user B sees at the thread "Budget" when something was last said there

  @TFS-X-ARCHIVE @journey @normal
  Scenario: TFS-X-ARCHIVE A thread that is archived can be taken out of the archive
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Plan" with user B
    When user A archives the thread by request
    Then user A and user B see what user A has done after reloading
    When user A takes the thread out of the archive by request
    Then user A and user B see what user A has done after reloading

  @TFS-ERR-5 @TFS-API-11 @normal
  Scenario: TFS-ERR-5 A thread whose id is in a wrong form is refused, and breaks nothing
    Given user A is signed in
    When user A makes these mistakes, one after the other
      | mistake                                          |
      | a thread with an id in a wrong form              |
      | the files of a thread with an id in a wrong form |
    Then each mistake of user A is refused, and the server fails at none
    But user A can read the contact list

  @TFS-ERR-5 @TFS-API-11 @normal
  Scenario: TFS-ERR-5 Invalid threads and participants are refused
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Plan" with user B
    When user A makes these mistakes, one after the other
      | mistake                                                |
      | a thread that does not exist                           |
      | a thread with a user who is not in the room            |
      | a member of the thread who is there already            |
      | a member of the thread who is not in the room          |
      | the removal from the thread of a user who is not there |
    Then each mistake of user A is refused, and the server fails at none
    And user B receives nothing else
    But user A can send messages to user B
