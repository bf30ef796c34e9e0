/** People and what they may do, as the HTTP API and the page know them. */

export type RoleName = 'owner' | 'reviewer' | 'annotator' | 'reader';
export type PermissionName = 'open' | 'account' | 'read' | 'annotate' | 'review' | 'organise' | 'manage_users';

export interface UserJson {
  id: number;
  name: string;
  role: RoleName;
  is_disabled: boolean;
  created_at: string;
}
export interface SessionJson {
  has_accounts: boolean;
  /** Null for nobody, and on a server without accounts. */
  user: UserJson | null;
  permissions: PermissionName[];
}
export interface UserListJson {
  users: UserJson[];
}
export interface NewUserJson {
  name: string;
  password: string;
  role: RoleName;
}

export type User = Readonly<UserJson>;

/** Who works here. */
export interface Team {
  readonly user: User | null;
  readonly permissions: readonly PermissionName[];
  /** Everybody who may sign in or might once; empty until they were read, and without accounts. */
  readonly users: readonly User[];
  /** The verdicts of the loaded project that count, by `reviewKey`. */
  readonly reviews: Readonly<Record<string, Review>>;
  /** Who shall work on an image: id of the user by that of the image. */
  readonly assignments: Readonly<Record<number, number>>;
  /** Who else is on the open image. */
  readonly others: readonly string[];
  /** What others made in this browser, and what waits here until they sign in. */
  readonly leftWork: readonly LeftWorkCount[];
  /** What the dialog rejects. */
  readonly rejecting: ReviewTarget | null;
}

/** How much somebody left behind in this browser. */
export interface LeftWorkCount {
  readonly personId: number;
  readonly name: string;
  /** Kept objects and deletions that the server does not have. */
  readonly saves: number;
  /** Unfinished objects. */
  readonly drafts: number;
}

export type VerdictName = 'accepted' | 'rejected' | 'withdrawn';

export interface ReviewJson {
  id: number;
  image_id: number;
  /** Null for the whole image. */
  annotation_id: number | null;
  client_key: string | null;
  verdict: VerdictName;
  comment: string;
  author: string;
  /** True once the object was changed. */
  is_outdated: boolean;
  created_at: string;
}
export interface AssignmentJson {
  image_id: number;
  user_id: number;
}
export interface TeamworkJson {
  reviews: ReviewJson[];
  assignments: AssignmentJson[];
}
export interface NewReviewJson {
  verdict: VerdictName;
  comment?: string;
  annotation_id?: number | null;
}
export interface ReviewResultJson {
  review: ReviewJson;
  image_state: 'new' | 'in_work' | 'done' | 'reviewed' | 'skipped';
}

export type Review = Readonly<ReviewJson>;

/** What a verdict is about: an image, or one object on it. */
export interface ReviewTarget {
  readonly imageId: number;
  /** Null for the whole image. */
  readonly objectKey: string | null;
}
