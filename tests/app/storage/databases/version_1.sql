BEGIN TRANSACTION;
CREATE TABLE annotations (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	image_id INTEGER NOT NULL, 
	category_id INTEGER NOT NULL, 
	mask_height INTEGER NOT NULL, 
	mask_width INTEGER NOT NULL, 
	counts VARCHAR NOT NULL, 
	area INTEGER NOT NULL, 
	bbox_x INTEGER NOT NULL, 
	bbox_y INTEGER NOT NULL, 
	bbox_width INTEGER NOT NULL, 
	bbox_height INTEGER NOT NULL, 
	prompts_json VARCHAR NOT NULL, 
	logits_height INTEGER, 
	logits_width INTEGER, 
	logits BLOB, 
	model_id VARCHAR, 
	predicted_iou DOUBLE, 
	author VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	updated_at VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	deleted_at VARCHAR, 
	CONSTRAINT fk_annotations_image_id FOREIGN KEY(image_id) REFERENCES images (id), 
	CONSTRAINT fk_annotations_category_id FOREIGN KEY(category_id) REFERENCES categories (id)
);
INSERT INTO "annotations" VALUES(1,1,1,32,48,'T58h0000000000000000000000000000lk0',120,5,4,15,8,'{"points": [[1.25, 2.5, 1]], "box": [0.0, 1.0, 2.5, 3.0]}',1,2,X'61626364','0123456789abcdef',0.5,'Ada','2026-11-22T22:20:55.753Z','2026-11-22T22:20:55.753Z',1,NULL);
INSERT INTO "annotations" VALUES(2,1,2,32,48,'T58h0000000000000000000000000000lk0',120,5,4,15,8,'{"points": [], "box": null}',NULL,NULL,NULL,NULL,NULL,'','2026-11-22T22:20:55.762Z','2026-11-22T22:20:55.776Z',2,'2026-11-22T22:20:55.776Z');
CREATE TABLE categories (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	name VARCHAR NOT NULL, 
	supercategory VARCHAR NOT NULL, 
	color VARCHAR NOT NULL, 
	deleted_at VARCHAR
);
INSERT INTO "categories" VALUES(1,'object','','#e69f00',NULL);
INSERT INTO "categories" VALUES(2,'cat','animal','#56b4e9',NULL);
CREATE TABLE images (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	file_name VARCHAR NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	byte_count INTEGER NOT NULL, 
	media_type VARCHAR NOT NULL, 
	pixels_media_type VARCHAR NOT NULL, 
	is_original_shown BOOLEAN NOT NULL, 
	created_at VARCHAR NOT NULL, 
	deleted_at VARCHAR, 
	CONSTRAINT uq_images_sha256 UNIQUE (sha256)
);
INSERT INTO "images" VALUES(1,'photo.jpg',48,32,'aa',1234,'image/jpeg','image/jpeg',1,'2026-11-22T22:20:55.728Z',NULL);
CREATE UNIQUE INDEX uq_categories_live_name ON categories (name) WHERE deleted_at IS NULL;
CREATE INDEX ix_annotations_category_id ON annotations (category_id);
CREATE INDEX ix_annotations_image_id ON annotations (image_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('categories',2);
INSERT INTO "sqlite_sequence" VALUES('images',1);
INSERT INTO "sqlite_sequence" VALUES('annotations',2);
COMMIT;
PRAGMA user_version = 1;
