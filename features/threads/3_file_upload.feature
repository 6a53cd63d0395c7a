@threads
Feature: 3. File upload
  A file goes piece by piece, everybody who follows it sees how far it is, and what can be opened is what was sent.

  @TFS-SCN-3 @blocker @smoke
  Scenario: TFS-SCN-3 An upload is told from its beginning to its end, and the file is what was sent
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 3 pieces to the room "Launch"
    Then user A is told of the progress of the file "plan.pdf", piece by piece
    And user A and user B are told once that the file "plan.pdf" has been uploaded
    And user A and user B are told once that the file "plan.pdf" is ready
    And user B can open the file "plan.pdf", as it was sent

  @TFS-API-08 @TFS-API-09 @critical
  Scenario: TFS-API-08 An upload that has been announced takes its pieces to the last
    Given user A is online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 3 pieces to the room "Launch"
    When user A sends a piece of the file "plan.pdf" that comes in turn
    Then user A can send the rest of the file "plan.pdf"

  @TFS-API-10 @critical
  Scenario: TFS-API-10 A file of which every piece is there is completed, and is what was sent
    Given user A is online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 3 pieces to the room "Launch"
    Then user A can open the file "plan.pdf", as it was sent

  @TFS-EVT-06 @FR-003 @critical
  Scenario: TFS-EVT-06 A user who follows an upload is told of each piece as it comes, and no other user is
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 5 pieces to the room "Launch"
    And user B follows the file "plan.pdf"
    When user A sends the rest of the file "plan.pdf"
    Then user B is told of the progress of the file "plan.pdf", piece by piece
    And user C receives nothing else

  @TFS-EVT-07 @TFS-EVT-08 @critical
  Scenario: TFS-EVT-07 Only those in the room are told of a file there, and can open it
    Given user A, user B, user C and the owner of another company are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    Then user B is told once that the file "plan.pdf" is ready
    And user B can open the file "plan.pdf", as it was sent
    And user C and the owner of another company cannot open the file "plan.pdf"
    And user C and the owner of another company receive nothing else

  @TFS-EVT-07 @normal
  Scenario: TFS-EVT-07 A file is said to be uploaded after its last piece, never before
    Given user A is online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 3 pieces to the room "Launch"
    Then user A is told first that the file "plan.pdf" is at 100 %, then that the file "plan.pdf" has been uploaded
    And user A can open the file "plan.pdf", as it was sent

  @TFS-EVT-08 @normal
  Scenario: TFS-EVT-08 A file is said to be ready after it is said to be uploaded, never before
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    Then user B is told first that the file "plan.pdf" has been uploaded, then that the file "plan.pdf" is ready
    And user B receives nothing else

  @TFS-API-09 @critical
  Scenario Outline: TFS-API-09 A piece that <flaw> is refused, and the upload goes on
    Given user A is online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 4 pieces to the room "Launch"
    And user A has sent 1 piece of the file "plan.pdf"
    When user A sends a piece of the file "plan.pdf" that <flaw>
    Then user A is refused because that is a mistake
    And user A can send the rest of the file "plan.pdf"

    Examples:
      | flaw                     | because                                 |
      | comes out of turn        | a gap must not go unnoticed             |
      | comes twice              | the file would become longer than it is |
      | comes four times at once | it counts once, whichever is first      |
      | is damaged               | its checksum does not fit               |
      | is too short             | only the last piece may be a short one  |

  @TFS-API-10 @critical
  Scenario Outline: TFS-API-10 A file is what was sent, though one of its pieces <flaw>
    Given user A is online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 4 pieces to the room "Launch"
    And user A has sent 1 piece of the file "plan.pdf"
    When user A sends a piece of the file "plan.pdf" that <flaw>
    Then user A is refused because that is a mistake
    And user A can send the rest of the file "plan.pdf", which is then as it was sent

    Examples:
      | flaw                     | because                                 |
      | comes twice              | the file would become longer than it is |
      | comes four times at once | it counts once, whichever is first      |

  @TFS-X-CHECKSUM @minor
  Scenario: TFS-X-CHECKSUM A piece may have its checksum in capitals
    Given user A is online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 3 pieces to the room "Launch"
    When user A sends a piece of the file "plan.pdf" that has its checksum in capitals
    Then user A can send the rest of the file "plan.pdf", which is then as it was sent

  @TFS-API-10 @critical
  Scenario: TFS-API-10 Two uploads at the same time do not mix
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A uploads the files "plan.pdf" and "costs.csv" in 3 pieces each to the room "Launch", a piece of each by turns
    Then user B can open the file "plan.pdf", as it was sent
    And user B can open the file "costs.csv", as it was sent

  @TFS-API-10 @critical
  Scenario: TFS-API-10 An upload of which pieces are missing is not completed
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 3 pieces to the room "Launch"
    And user A has sent 2 pieces of the file "plan.pdf"
    When user A tries to complete the file "plan.pdf"
    Then user A is refused because that is a mistake
    And user A can send the rest of the file "plan.pdf", which is then as it was sent

  @TFS-API-09 @TFS-DATA-7 @critical
  Scenario Outline: TFS-API-09 Only the uploader can go on with an upload, not even <who>
    Given user A is online
    And <who> is online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 3 pieces to the room "Launch"
    When <who> sends a piece of the file "plan.pdf" that comes in turn
    Then <who> is refused
    And user A can send the rest of the file "plan.pdf"

    Examples:
      | who                          | because                        |
      | user B                       | being in the room is no reason |
      | the owner of another company | they have no business here     |

  @TFS-API-10 @critical
  Scenario: TFS-API-10 A file that is not the announced one is not completed
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 1 piece to the room "Launch"
    When user A sends a piece of the file "plan.pdf" that belongs to another file
    And user A tries to complete the file "plan.pdf"
    Then user A is refused because that is a mistake
    And user B does not find the file "plan.pdf" in the room "Launch"

  @TFS-X-ROOMS @critical
  Scenario: TFS-X-ROOMS A user who is not in a room cannot upload to it
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user C uploads the file "plan.pdf" in 1 piece to the room "Launch"
    Then user C is refused because that is not allowed
    And user A and user B receive nothing else
    But user A can send messages to user B

  @TFS-EVT-06 @normal
  Scenario: TFS-EVT-06 An upload that is given up is told as such, and takes no more pieces
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 3 pieces to the room "Launch"
    When user A gives up the file "plan.pdf"
    And user A sends a piece of the file "plan.pdf" that comes in turn
    Then user A is refused because that is a mistake
    And user A is told once that the upload of the file "plan.pdf" has been cancelled

  @TFS-DATA-8 @critical
  Scenario: TFS-DATA-8 No user can open a file that has been deleted
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    And user A deletes the file "plan.pdf"
    Then user B is told once that the file "plan.pdf" has been uploaded
    And user A and user B cannot open the file "plan.pdf"

  @TFS-X-SEARCH @normal
  Scenario: TFS-X-SEARCH Only users who may open a file find it
    Given user A, user B, user C and the owner of another company are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    Then user A and user B find the file "plan.pdf"
    But user C and the owner of another company do not find the file "plan.pdf"

  @TFS-X-SEARCH @normal
  Scenario Outline: TFS-X-SEARCH The words of a search are taken as they are written: <sign>
    Given user A is online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "<name>" in 1 piece to the room "Launch"
    And user A uploads the file "<other>" in 1 piece to the room "Launch"
    Then user A finds the file "<name>" alone

    Examples:
      | sign       | name     | other         | because                              |
      | a per cent | 100%.txt | 100 pages.txt | it stands for anything in a database |
      | a low line | 7_1.txt  | 7-1.txt       | it stands for any letter there       |

  @TFS-DATA-4 @normal
  Scenario: TFS-DATA-4 A file keeps its name, in whatever alphabet it is written
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "Ünser Plan – план – 計画.txt" in 1 piece to the room "Launch"
    Then user B can open the file "Ünser Plan – план – 計画.txt", as it was sent

  @TFS-API-09 @TFS-API-10 @normal
  Scenario: TFS-API-10 A piece that is said to be the last completes the file
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 2 pieces to the room "Launch"
    And user A has sent 1 piece of the file "plan.pdf"
    When user A sends a piece of the file "plan.pdf" that is said to be the last
    Then user B is told once that the file "plan.pdf" has been uploaded
    And user B can open the file "plan.pdf", as it was sent

  @TFS-API-09 @TFS-API-10 @critical
  Scenario: TFS-API-10 A piece that is wrongly said to be the last does not complete the file
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 3 pieces to the room "Launch"
    When user A sends a piece of the file "plan.pdf" that is said to be the last
    Then user A is refused because that is a mistake
    And user A can send the rest of the file "plan.pdf", which is then as it was sent

  @TFS-EVT-07 @TFS-API-10 @normal
  Scenario: TFS-EVT-07 A file that is completed twice at the same moment is one file
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 8 pieces to the room "Launch"
    And user A has sent 8 pieces of the file "plan.pdf"
    When user A completes twice at the same moment the file "plan.pdf"
    Then user B is told once that the file "plan.pdf" has been uploaded
    And user B is told once that the file "plan.pdf" is ready

  @TFS-EVT-07 @TFS-API-10 @normal
  Scenario: TFS-EVT-07 A file is completed once
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    And user A tries to complete the file "plan.pdf"
    Then user A is refused because that is a mistake
    And user B is told once that the file "plan.pdf" has been uploaded

  @TFS-API-10 @normal
  Scenario: TFS-API-10 A file that is complete cannot be given up
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    And user A gives up the file "plan.pdf"
    Then user A is refused because that is a mistake
    And user B can open the file "plan.pdf", as it was sent

  @TFS-API-10 @normal
  Scenario: TFS-API-10 An upload that is given up in its middle takes no more pieces
    Given user A is online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 3 pieces to the room "Launch"
    And user A has sent 1 piece of the file "plan.pdf"
    When user A gives up the file "plan.pdf"
    And user A sends a piece of the file "plan.pdf" that comes in turn
    Then user A is refused because that is a mistake

  @TFS-API-09 @normal
  Scenario: TFS-API-09 An upload takes no more pieces once its time is up
    Given user A is online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 3 pieces to the room "Launch"
    And user A has sent 1 piece of the file "plan.pdf"
    When the upload of user A expires
    And user A sends a piece of the file "plan.pdf" that comes in turn
    Then user A is refused because that is a mistake

  @FR-003 @normal
  Scenario: FR-003 Those in the room can ask how far an upload is
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 4 pieces to the room "Launch"
    When user A sends a piece of the file "plan.pdf" that comes in turn
    Then user A and user B see the file "plan.pdf" at 28 %

  @TFS-X-ROOMS @normal
  Scenario: TFS-X-ROOMS A user who is not in a room cannot ask how far an upload to it is
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 4 pieces to the room "Launch"
    When user A sends a piece of the file "plan.pdf" that comes in turn
    Then user C cannot see how far the file "plan.pdf" is
    But user B sees the file "plan.pdf" at 28 %

  @TFS-ERR-5 @TFS-ERR-6 @TFS-API-08 @TFS-API-09 @normal
  Scenario: TFS-ERR-5 Invalid uploads and files are refused
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 3 pieces to the room "Launch"
    When user A makes these mistakes, one after the other
      | mistake                                     |
      | an upload of nothing                        |
      | an upload for which the company has no room |
      | an upload to a room that does not exist     |
      | a piece of an upload that does not exist    |
      | a piece that is longer than it says         |
      | a piece that cannot be decoded              |
      | an upload that does not exist               |
      | a file that does not exist                  |
      | the end of a file that does not exist       |
      | a link that is for another file             |
      | a search for nothing                        |
    Then each mistake of user A is refused, and the server fails at none
    And user A can send the rest of the file "plan.pdf", which is then as it was sent

  @TFS-ERR-5 @TFS-API-10 @normal
  Scenario: TFS-ERR-5 An upload that does not exist is not completed
    Given user A is signed in
    When user A requests the completion of an upload that does not exist
    Then user A is refused because that does not exist
    But user A can read the contact list

  @TFS-X-SIZES @normal
  Scenario: TFS-X-SIZES A file may be as large as is allowed, and no byte larger
    Given user A is online
    When user A announces a file a byte larger than the largest one
    Then user A is refused
    But user A can announce a file as large as the largest one

  @TFS-X-SIZES @normal
  Scenario: TFS-X-SIZES A file may take all the room that its company has left, and no byte more
    Given user A is online
    When user A uploads the file "plan.pdf" in 2 pieces to no place
    And user A announces a file a byte larger than the room that is left
    Then user A is refused
    But user A can announce a file as large as the room that is left

  @TFS-X-SIZES @normal
  Scenario: TFS-X-SIZES What one user has stored leaves less room to the others in the company
    Given user A and user B are online
    When user A uploads the file "plan.pdf" in 2 pieces to no place
    And user B announces a file a byte larger than the room that is left
    Then user B is refused
    But user B can announce a file as large as the room that is left

  @TFS-X-SIZES @normal
  Scenario: TFS-X-SIZES Files that are announced at the same moment are promised no more room than there is
    Given user A is online
    When user A uploads the file "plan.pdf" in 2 pieces to no place
    And user A announces 4 files at once, each as large as the room that is left
    Then user A is refused 3 times because that is too large

  @TFS-X-SIZES @normal
  Scenario Outline: TFS-X-SIZES An upload that <ends> gives its room back
    Given user A is online
    And user A has opened the room "Launch" with user B
    And user A has begun to upload the file "plan.pdf" in 3 pieces to the room "Launch"
    When user A uploads the file "notes.pdf" in 2 pieces to no place
    And <end>
    Then user A can announce a file as large as the room that is left

    Examples:
      | ends        | end                                 | because                        |
      | is given up | user A gives up the file "plan.pdf" | its uploader wants it no more  |
      | expires     | the upload of user A expires        | nothing of it may come anymore |

  @TFS-X-SHARING @critical
  Scenario: TFS-X-SHARING A file that is for no place is listed for its uploader, and opened by no other user
    Given user A and user B are online
    When user A uploads the file "diary.txt" in 1 piece to no place
    Then user A finds the file "diary.txt" among their own
    And user A can open the file "diary.txt", as it was sent
    But user B cannot open the file "diary.txt"

  @TFS-X-SHARING @critical
  Scenario: TFS-X-SHARING The files of a room are listed for those in it, and for no other user
    Given user A, user B and user C are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    Then user B finds the file "plan.pdf" in the room "Launch"
    But user C does not find the file "plan.pdf" in the room "Launch"

  @TFS-X-SHARING @normal
  Scenario: TFS-X-SHARING A file that its uploader shares in a thread is listed there
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Budget" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    And user A shares the file "plan.pdf" in the thread "Budget"
    Then user B finds the file "plan.pdf" in the thread "Budget"
    And user B can open the file "plan.pdf", as it was sent

  @TFS-X-SHARING @normal
  Scenario: TFS-X-SHARING A file that is taken out of a thread stays in its room
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Budget" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the thread "Budget"
    And user A takes the file "plan.pdf" out of the thread "Budget"
    Then user B does not find the file "plan.pdf" in the thread "Budget"
    But user B finds the file "plan.pdf" in the room "Launch"

  @TFS-X-SHARING @normal
  Scenario: TFS-X-SHARING A file cannot be taken out of a thread where it is not
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Budget" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    And user A takes the file "plan.pdf" out of the thread "Budget"
    Then user A is refused because that does not exist
    But user B finds the file "plan.pdf" in the room "Launch"

  @TFS-X-SHARING @critical
  Scenario Outline: TFS-X-SHARING A member cannot <verb> the file of another user
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    And user A has opened the thread "Budget" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the <place>
    And user B <deed>
    Then user B is refused because that is not allowed
    And user B can open the file "plan.pdf", as it was sent

    Examples:
      | verb     | place           | deed                                                 | because                      |
      | share    | room "Launch"   | shares the file "plan.pdf" in the thread "Budget"    | it would be seen by others   |
      | take out | thread "Budget" | takes the file "plan.pdf" out of the thread "Budget" | it would be missed by others |
      | delete   | room "Launch"   | deletes the file "plan.pdf"                          | it would be gone             |

  @TFS-X-SHARING @normal
  Scenario: TFS-X-SHARING A link opens its file without a session
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    And user B gets a link to the file "plan.pdf"
    Then the link of user B opens the file "plan.pdf", as it was sent

  @TFS-X-SHARING @normal
  Scenario: TFS-X-SHARING A link is good for as long as its user was told
    Given user A is online
    When user A uploads the file "plan.pdf" in 1 piece to no place
    And user A gets a link to the file "plan.pdf"
    Then the link of user A to the file "plan.pdf" is good for as long as they were told
    And the link of user A opens the file "plan.pdf", as it was sent

  @TFS-X-SHARING @critical
  Scenario Outline: TFS-X-SHARING A link with <token> opens nothing
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    And user B gets a link to the file "plan.pdf"
    Then the link of user B does not open the file "plan.pdf" with <token>
    But the link of user B opens the file "plan.pdf", as it was sent

    Examples:
      | token                        | because                            |
      | a garbled token              | its signature does not fit         |
      | a token signed by a stranger | another secret is not the server's |
      | an unsigned token            | a signature left out is none       |
      | user B's token               | it is for requests, not for links  |

  @TFS-X-SHARING @TFS-X-ROOMS @critical
  Scenario: TFS-X-SHARING A link opens nothing once its user has been removed from the room
    Given user A and user B are online
    And user A has opened the room "Launch" with user B
    When user A uploads the file "plan.pdf" in 1 piece to the room "Launch"
    And user B gets a link to the file "plan.pdf"
    And user A removes user B from the room "Launch"
    Then the link of user B does not open the file "plan.pdf"
    But user A can open the file "plan.pdf", as it was sent
