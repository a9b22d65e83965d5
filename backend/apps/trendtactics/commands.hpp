#pragma once

#include "apps/trendtactics/command_line.hpp"

namespace tt::composition {

// Each returns the exit status and prints for a person.

int serve(const CommandLine& line);
/// A gateway without services: everything is forwarded to where [services] says.
int serve_gateway(const CommandLine& line);
/// Creates the databases when missing and brings them up to date, as the owner in TT_OWNER_URL.
int migrate(const CommandLine& line);
/// Loads database/seeds: posts, quiz, sample course.
int seed(const CommandLine& line);
int import_course(const CommandLine& line);
/// Takes over the accounts of another Supabase project from files; prints what was left out and why.
int migrate_users(const CommandLine& line);
int rebuild_progress(const CommandLine& line);
/// Publishes a new signing key now; it signs a quarter of an hour later.
int rotate_keys(const CommandLine& line);
/// ANON_KEY and SERVICE_ROLE_KEY.
int print_keys(const CommandLine& line);
/// The API document of both halves as YAML.
int print_openapi(const CommandLine& line);

}  // namespace tt::composition
