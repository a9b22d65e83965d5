#pragma once

#include "platform/db/pool.hpp"
#include "platform/restql/schema/schema_cache.hpp"
#include "platform/testing/run_task.hpp"
#include "platform/testing/test_db.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <vector>

namespace platform::restql {

/// A database with every kind of thing that the schema cache tells apart, and the cache of its schema `api`.
class SchemaTest : public ::testing::Test {
protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite();

    static Task<std::shared_ptr<const SchemaCache>> load();
    static const SchemaCache& cache() { return *cache_; }
    static const Relation& relation(const std::string& name);
    static const Function& function(const std::string& name);
    /// Each as "constraint cardinality (column=column)", of a junction "junction m2m", of a computed one "name()";
    /// sorted.
    static std::vector<std::string> between(const std::string& origin, const std::string& target);
    static db::Rows query(const std::string& text);

    static std::unique_ptr<platform::testing::TestRuntime> runtime_;
    static std::unique_ptr<platform::testing::TestDb> database_;
    static std::unique_ptr<db::Pool> pool_;
    static std::shared_ptr<const SchemaCache> cache_;
};

}  // namespace platform::restql
