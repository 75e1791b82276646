-- Later names get a place in the order of writing, so that the derived index of names follows them.

-- Submission in the upper half, as in mention_no; names that stood before this get numbers of
-- submission 0, which there is none of.
ALTER TABLE mention_name ADD COLUMN later_no {bigint} NOT NULL DEFAULT 0;
UPDATE mention_name SET later_no = numbered.n FROM (SELECT subject_id, name_form,
    row_number() OVER (ORDER BY subject_id, name_form) AS n FROM mention_name) AS numbered
    WHERE mention_name.subject_id = numbered.subject_id
        AND mention_name.name_form = numbered.name_form;
CREATE INDEX mention_name_by_number ON mention_name (later_no);
