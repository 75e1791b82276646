-- Decisions of people about who is who, and the evidence that intake joined mentions by. A subject
-- is what these two make of its mentions; the rows of "membership" follow from them.

-- HISTORY. Two mentions that an identifier joins: what intake found by itself.
CREATE TABLE mention_link (
    subject_id {bytes} NOT NULL, -- the mention that came later
    other_id {bytes} NOT NULL,   -- the mention that held the identifier
    reason {text} NOT NULL,      -- code of the reason
    linked_at {bigint} NOT NULL, -- when
    CONSTRAINT mention_link_pk PRIMARY KEY (subject_id, other_id)
);
CREATE INDEX mention_link_other ON mention_link (other_id);

-- HISTORY. One decision of an officer. Local reference table: people make thousands, not millions.
CREATE TABLE decision (
    decision_id {bytes} NOT NULL,  -- 16 unpredictable bytes
    verdict {text} NOT NULL,       -- same, different
    question_id {bytes},           -- the mention whose question it answers
    decided_at {bigint} NOT NULL,  -- when
    officer {text} NOT NULL,       -- who, and of which agency
    reason {text} NOT NULL,        -- why
    CONSTRAINT decision_pk PRIMARY KEY (decision_id),
    CONSTRAINT decision_verdict CHECK (verdict IN ('same', 'different'))
);
CREATE INDEX decision_time ON decision (decided_at, decision_id);

-- HISTORY. The pairs of mentions of which a decision speaks. Local reference table.
CREATE TABLE decision_pair (
    decision_id {bytes} NOT NULL, -- the decision
    seq {bigint} NOT NULL,        -- 1, 2, 3 … within it
    left_id {bytes} NOT NULL,     -- a mention
    right_id {bytes} NOT NULL,    -- another
    CONSTRAINT decision_pair_pk PRIMARY KEY (decision_id, seq)
);
CREATE INDEX decision_pair_left ON decision_pair (left_id);
CREATE INDEX decision_pair_right ON decision_pair (right_id);

-- HISTORY. Decisions that were taken back. Local reference table.
CREATE TABLE decision_undone (
    decision_id {bytes} NOT NULL, -- the decision
    undone_at {bigint} NOT NULL,  -- when
    officer {text} NOT NULL,      -- who, and of which agency
    reason {text} NOT NULL,       -- why
    CONSTRAINT decision_undone_pk PRIMARY KEY (decision_id)
);

-- What joined mentions before this table stood.
INSERT INTO mention_link (subject_id, other_id, reason, linked_at)
    SELECT subject_id, root_id, reason, moved_at FROM membership
    WHERE root_id <> subject_id AND seq = 1;

-- Mentions by name alone: asked for when somebody of that name is registered.
CREATE INDEX mention_nameless ON mention (name_form) WHERE id_system IS NULL;
