-- The desk: who sent a submission, and which row mended a rejected one.

-- The officer who sent it, as given at the desk; none where nobody was named (command line, API).
ALTER TABLE submission ADD COLUMN sent_by {text};

-- Records of a slice that were in force and say something else now: corrections.
ALTER TABLE slice ADD COLUMN corrected {bigint};

-- The record of a rejected row, where its key could be read: a later row of it mends it.
ALTER TABLE reject ADD COLUMN record_id {bytes};
-- How often a row that mends it arrived.
ALTER TABLE reject ADD COLUMN mended_times {bigint};
CREATE INDEX reject_record ON reject (record_id) WHERE record_id IS NOT NULL AND mended_in IS NULL;
