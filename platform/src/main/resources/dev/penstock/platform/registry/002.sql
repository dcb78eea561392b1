-- Version 2. What the accepted rows of a file are like, as JSON; null where nobody looked.
ALTER TABLE ingested_file ADD COLUMN profile TEXT;
