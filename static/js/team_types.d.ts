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
}
